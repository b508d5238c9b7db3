// Package yaml stands in for the YAML reader of kubeconform. The host has read the YAML and hands over JSON, which the real reader
// takes for YAML again, turns into JSON and only then decodes; that was most of the time of a verdict.
package yaml

import "encoding/json"

// Unmarshal decodes JSON.
func Unmarshal(text []byte, into any) error { return json.Unmarshal(text, into) }

// UnmarshalStrict decodes JSON, into maps only: what the host writes holds no key twice.
func UnmarshalStrict(text []byte, into any) error {
	if target, ok := into.(*map[string]any); ok {
		if value, err := decode(string(text)); err == nil {
			if object, ok := value.(map[string]any); ok {
				*target = object
				return nil
			}
		}
	}
	return json.Unmarshal(text, into)
}

// Marshal encodes JSON.
func Marshal(value any) ([]byte, error) { return json.Marshal(value) }

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"github.com/yannh/kubeconform/pkg/validator"
)

type judgeQuestion struct {
	Name string `json:"name"`
	// The bytes of a YAML file, so that they need not be text.
	Base64 string `json:"base64"`
	// A folder laid out like schemas/: extra and kubernetes, then <group>/<kind>_<version>.json.
	Schemas string `json:"schemas"`
}

type judgeAnswer struct {
	Name  string `json:"name"`
	Valid bool   `json:"valid"`
	Error string `json:"error,omitempty"`
}

var judges = map[string]validator.Validator{}

// judgeLine asks the native kubeconform. A kind without a schema and a text that cannot be read are not valid.
func judgeLine(line []byte) (any, error) {
	var question judgeQuestion
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, fmt.Errorf("not a question: %w: %s", err, line)
	}
	text, err := base64.StdEncoding.DecodeString(question.Base64)
	if err != nil {
		return nil, err
	}
	judge, err := judgeWith(question.Schemas)
	if err != nil {
		return nil, err
	}

	answer := judgeAnswer{Name: question.Name, Valid: true}
	for _, result := range judge.Validate(question.Name, io.NopCloser(bytes.NewReader(text))) {
		if result.Status == validator.Valid || result.Status == validator.Empty {
			continue
		}
		answer.Valid = false
		answer.Error = fmt.Sprint(result.Err)
	}
	return answer, nil
}

func judgeWith(schemas string) (validator.Validator, error) {
	if known, ok := judges[schemas]; ok {
		return known, nil
	}
	file := "{{.ResourceKind}}_{{.ResourceAPIVersion}}.json"
	made, err := validator.New([]string{
		schemas + "/extra/{{.Group}}/" + file,
		schemas + "/kubernetes/{{.Group}}/" + file,
		schemas + "/kubernetes/core/" + file, // to kubeconform the group of a core kind is its version
	}, validator.Opts{Strict: true})
	judges[schemas] = made
	return made, err
}

// Command kubeconform-wasm is kubeconform as a WebAssembly reactor: schemas and documents in, verdicts out, as JSON.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/yannh/kubeconform/pkg/resource"
	"github.com/yannh/kubeconform/pkg/validator"
)

// Verdict is about one document.
type Verdict struct {
	// Status is "valid", "invalid", "missing-schema", "bad-schema" or "internal".
	Status string `json:"status"`
	// Error is kubeconform's text. It holds the whole tree of errors, where its list of them holds only the first level.
	Error string `json:"error,omitempty"`
}

// Answer is what every call returns.
type Answer struct {
	InternalError string    `json:"internalError,omitempty"`
	Verdicts      []Verdict `json:"verdicts,omitempty"`
}

var (
	known = schemas{}
	// One kubeconform per schema, because it keeps what it compiled and cannot be told that a schema changed.
	validators = map[string]validator.Validator{}
)

func main() {}

// The program is started once, when it is built. It takes the memory that a large run needs in one piece, since V8 cleans up all of its own
// whenever ours grows, and leaves its garbage, since a run ends long before that is worth collecting.
func init() {
	room = make([]byte, 192<<20)
	room = nil
	runtime.GC()
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(256 << 20)
}

var room []byte

// add puts schemas by "<apiVersion>/<Kind>", in place of those already there.
func add(input []byte) Answer {
	bundle := schemas{}
	if err := json.Unmarshal(input, &bundle); err != nil {
		return Answer{InternalError: fmt.Sprintf("schemas: %s", err)}
	}
	for name, schema := range bundle {
		known[name] = schema
		delete(validators, name)
	}
	return Answer{}
}

// check judges documents, in order. Each is two lines of JSON: the schema that it needs, "<apiVersion>/<Kind>" as kubeconform will find
// it in the document, and the document.
func check(input []byte) Answer {
	lines := bytes.Split(input, []byte{'\n'})
	var answer Answer
	for i := 1; i < len(lines); i += 2 {
		var schema string
		if err := json.Unmarshal(lines[i-1], &schema); err != nil {
			return Answer{InternalError: fmt.Sprintf("documents: %s", err)}
		}
		answer.Verdicts = append(answer.Verdicts, judge(schema, lines[i]))
	}
	return answer
}

func judge(schema string, document []byte) (verdict Verdict) {
	defer func() {
		if failure := recover(); failure != nil {
			verdict = Verdict{Status: "internal", Error: fmt.Sprintf("panic: %v", failure)}
		}
	}()
	kubeconform, ok := validators[schema]
	if !ok {
		kubeconform = newValidator(known)
		validators[schema] = kubeconform
	}
	return read(kubeconform.ValidateResource(resource.Resource{Bytes: document}))
}

func read(result validator.Result) Verdict {
	var bad badSchema
	switch {
	case result.Status == validator.Valid || result.Status == validator.Empty:
		return Verdict{Status: "valid"}
	case errors.Is(result.Err, errNoSchema):
		return Verdict{Status: "missing-schema"}
	case errors.As(result.Err, &bad):
		return Verdict{Status: "bad-schema", Error: bad.Error()}
	}
	return Verdict{Status: "invalid", Error: result.Err.Error()}
}

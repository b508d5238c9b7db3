// Command kubeconform-wasm is kubeconform as a WebAssembly reactor: schemas and documents in, verdicts out, as JSON.
package main

import (
	"encoding/json"
	"errors"
	"fmt"

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

// Document names the schema that it needs, "<apiVersion>/<Kind>", as kubeconform will find it in the document.
type Document struct {
	Schema string          `json:"schema"`
	Object json.RawMessage `json:"object"`
}

var (
	known = schemas{}
	// One kubeconform per schema, because it keeps what it compiled and cannot be told that a schema changed.
	validators = map[string]validator.Validator{}
)

func main() {}

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

// check judges a JSON array of documents, in order.
func check(input []byte) Answer {
	var documents []Document
	if err := json.Unmarshal(input, &documents); err != nil {
		return Answer{InternalError: fmt.Sprintf("documents: %s", err)}
	}
	answer := Answer{Verdicts: make([]Verdict, len(documents))}
	for i, document := range documents {
		answer.Verdicts[i] = judge(document)
	}
	return answer
}

func judge(document Document) (verdict Verdict) {
	defer func() {
		if failure := recover(); failure != nil {
			verdict = Verdict{Status: "internal", Error: fmt.Sprintf("panic: %v", failure)}
		}
	}()
	kubeconform, ok := validators[document.Schema]
	if !ok {
		kubeconform = newValidator(known)
		validators[document.Schema] = kubeconform
	}
	return read(kubeconform.ValidateResource(resource.Resource{Bytes: document.Object}))
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

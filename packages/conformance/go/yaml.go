package main

import (
	"encoding/json"
	"fmt"

	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

type parseQuestion struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

type parseAnswer struct {
	Name string `json:"name"`
	// What Helm and kubectl read.
	Direct json.RawMessage `json:"direct,omitempty"`
	// What the API server gets: kustomize reads the text, prints it its own way, and that is read.
	ThroughKustomize json.RawMessage `json:"throughKustomize,omitempty"`
	Error            string          `json:"error,omitempty"`
}

func parseLine(line []byte) (any, error) {
	var question parseQuestion
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, fmt.Errorf("not a question: %w: %s", err, line)
	}

	answer := parseAnswer{Name: question.Name}
	if err := answer.read(question.Text); err != nil {
		answer.Error = err.Error()
	}
	return answer, nil
}

func (answer *parseAnswer) read(text string) error {
	direct, err := yaml.YAMLToJSONStrict([]byte(text))
	if err != nil {
		return err
	}
	answer.Direct = direct

	node, err := kyaml.Parse(text)
	if err != nil {
		return fmt.Errorf("kustomize: %w", err)
	}
	printed, err := node.String()
	if err != nil {
		return fmt.Errorf("kustomize: %w", err)
	}
	through, err := yaml.YAMLToJSONStrict([]byte(printed))
	if err != nil {
		return fmt.Errorf("after kustomize: %w", err)
	}
	answer.ThroughKustomize = through
	return nil
}

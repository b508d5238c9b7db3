package main

import (
	"encoding/json"
	"fmt"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type buildQuestion struct {
	Path string `json:"path"`
}

type buildAnswer struct {
	Path    string `json:"path"`
	Objects int    `json:"objects"`
	Error   string `json:"error,omitempty"`
}

func buildLine(line []byte) (any, error) {
	var question buildQuestion
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, fmt.Errorf("not a question: %w: %s", err, line)
	}

	objects, err := build(question.Path)
	if err != nil {
		return buildAnswer{Path: question.Path, Error: err.Error()}, nil
	}
	return buildAnswer{Path: question.Path, Objects: objects}, nil
}

// build uses the options of Flux's kustomize-controller. One at a time: kustomize keeps global state that is not
// safe for goroutines, which is why the caller starts one process per core instead.
func build(path string) (objects int, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("kustomize panicked: %v", panicked)
		}
	}()

	kustomizer := krusty.MakeKustomizer(&krusty.Options{
		LoadRestrictions: types.LoadRestrictionsNone,
		PluginConfig:     types.DisabledPluginConfig(),
	})
	resources, err := kustomizer.Run(filesys.MakeFsOnDisk(), path)
	if err != nil {
		return 0, err
	}
	return resources.Size(), nil
}

package main

import (
	"fmt"
	"path"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/yaml"
)

// Question is one release in one region.
type Question struct {
	// Chart is a packed chart or a folder with a Chart.yaml.
	Chart       string `json:"chart"`
	Release     string `json:"release"`
	Namespace   string `json:"namespace"`
	KubeVersion string `json:"kubeVersion"`
	// APIVersions are served besides those of Kubernetes itself.
	APIVersions []string `json:"apiVersions"`
	// Values is YAML text, so that Go decides what a number is, as it does in the cluster.
	Values string `json:"values"`
}

// Answer has an error where Helm would refuse to install.
type Answer struct {
	Objects int    `json:"objects"`
	Error   string `json:"error,omitempty"`
}

func answer(question Question) Answer {
	objects, err := render(question)
	if err != nil {
		return Answer{Error: err.Error()}
	}
	return Answer{Objects: objects}
}

// render takes the steps of `helm install` that need no cluster, in its order.
func render(question Question) (int, error) {
	loaded, err := loader.Load(question.Chart)
	if err != nil {
		return 0, err
	}
	if err := checkDependencies(loaded); err != nil {
		return 0, err
	}
	values, err := common.ReadValues([]byte(question.Values))
	if err != nil {
		return 0, err
	}
	version, err := common.ParseKubeVersion(question.KubeVersion)
	if err != nil {
		return 0, err
	}
	capabilities := common.DefaultCapabilities.Copy()
	capabilities.KubeVersion = *version
	capabilities.APIVersions = append(append(common.VersionSet{}, capabilities.APIVersions...), question.APIVersions...)

	if err := chartutil.ProcessDependencies(loaded, values); err != nil {
		return 0, fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	options := common.ReleaseOptions{Name: question.Release, Namespace: question.Namespace, Revision: 1, IsInstall: true}
	rendering, err := util.ToRenderValues(loaded, values, options, capabilities)
	if err != nil {
		return 0, err
	}
	if wanted := loaded.Metadata.KubeVersion; wanted != "" && !chartutil.IsCompatibleRange(wanted, version.String()) {
		return 0, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, version.Version)
	}
	files, err := engine.Engine{}.Render(loaded, rendering)
	if err != nil {
		return 0, err
	}
	return countObjects(files)
}

// checkDependencies sees that a chart's folder, unlike a packed chart, may lack the subcharts it names.
func checkDependencies(loaded *chart.Chart) error {
	present := map[string]bool{}
	for _, dependency := range loaded.Dependencies() {
		present[dependency.Name()] = true
	}
	for _, dependency := range loaded.Metadata.Dependencies {
		if !present[dependency.Name] {
			return fmt.Errorf("dependency %s is in Chart.yaml, but missing in charts/", dependency.Name)
		}
	}
	return nil
}

// countObjects reads what was rendered, as Helm does before it installs: a template can print what is no YAML.
func countObjects(files map[string]string) (int, error) {
	objects := 0
	for name, text := range files {
		if path.Base(name) == "NOTES.txt" {
			continue
		}
		for _, document := range releaseutil.SplitManifests(text) {
			var object map[string]any
			if err := yaml.Unmarshal([]byte(document), &object); err != nil {
				return 0, fmt.Errorf("YAML parse error on %s: %w", name, err)
			}
			if len(object) > 0 {
				objects++
			}
		}
	}
	return objects, nil
}

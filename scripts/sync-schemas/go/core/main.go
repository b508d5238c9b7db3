// Prints the OpenAPI definitions that the API server of this Kubernetes version publishes, and the stable kinds among them.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"k8s.io/kubernetes/pkg/generated/openapi"
)

type kind struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
	Model   string `json:"model"`
}

var stable = regexp.MustCompile(`^v\d+$`)

func main() {
	must(apiextensions.AddToScheme(scheme.Scheme))
	must(apiregistration.AddToScheme(scheme.Scheme))

	definitions := map[string]spec.Schema{}
	ref := func(name string) spec.Ref { return spec.MustCreateRef("#/definitions/" + name) }
	for name, definition := range openapi.GetOpenAPIDefinitions(ref) {
		definitions[name] = definition.Schema
	}

	kinds := []kind{}
	for gvk, goType := range scheme.Scheme.AllKnownTypes() {
		// Options and List kinds have no name of their own: nobody writes them to a file.
		_, named := goType.FieldByName("ObjectMeta")
		model, published := reflect.New(goType).Elem().Interface().(interface{ OpenAPIModelName() string })
		if named && published && stable.MatchString(gvk.Version) {
			kinds = append(kinds, kind{gvk.Group, gvk.Version, gvk.Kind, model.OpenAPIModelName()})
		}
	}
	must(json.NewEncoder(os.Stdout).Encode(map[string]any{"definitions": definitions, "kinds": kinds}))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

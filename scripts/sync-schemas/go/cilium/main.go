// Prints the CRDs that Cilium's operator installs.
package main

import (
	"embed"
	"fmt"

	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/client/crds/v2"
	v2alpha1 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/client/crds/v2alpha1"
)

func main() {
	for _, crds := range []embed.FS{v2.EmbedFS, v2alpha1.EmbedFS} {
		files, err := crds.ReadDir(".")
		if err != nil {
			panic(err)
		}
		for _, file := range files {
			text, err := crds.ReadFile(file.Name())
			if err != nil {
				panic(err)
			}
			fmt.Printf("---\n%s\n", text)
		}
	}
}

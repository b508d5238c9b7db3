// Prints the CRDs that Kyverno's command line carries.
package main

import (
	"fmt"
	"io/fs"

	"github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno/data"
)

func main() {
	crds, err := data.Crds()
	if err != nil {
		panic(err)
	}
	files, err := fs.Glob(crds, "*.yaml")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(crds, file)
		if err != nil {
			panic(err)
		}
		fmt.Printf("---\n%s\n", text)
	}
}

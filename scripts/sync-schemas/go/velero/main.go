// Prints the CRDs that `velero install` applies.
package main

import (
	"fmt"

	v1 "github.com/vmware-tanzu/velero/config/crd/v1/crds"
	v2alpha1 "github.com/vmware-tanzu/velero/config/crd/v2alpha1/crds"
	"sigs.k8s.io/yaml"
)

func main() {
	for _, crd := range append(v1.CRDs, v2alpha1.CRDs...) {
		text, err := yaml.Marshal(crd)
		if err != nil {
			panic(err)
		}
		fmt.Printf("---\n%s\n", text)
	}
}

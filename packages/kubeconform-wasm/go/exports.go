//go:build wasip1

package main

import (
	"encoding/json"
	"fmt"
	"unsafe"
)

// lent keeps memory that the host writes to or reads from out of the collector's reach.
var lent = map[uint32][]byte{}

//go:wasmexport alloc
func alloc(size uint32) uint32 { return lend(make([]byte, max(size, 1))) }

//go:wasmexport free
func free(pointer uint32) { delete(lent, pointer) }

//go:wasmexport add_schemas
func addSchemas(pointer, length uint32) uint64 { return call(add, pointer, length) }

//go:wasmexport validate
func validate(pointer, length uint32) uint64 { return call(check, pointer, length) }

// call takes the input at pointer and returns where the answer lies, pointer<<32 | length. The host frees both.
func call(run func([]byte) Answer, pointer, length uint32) uint64 {
	text, err := json.Marshal(guard(run, lent[pointer][:length]))
	if err != nil {
		panic(err)
	}
	return uint64(lend(text))<<32 | uint64(len(text))
}

func guard(run func([]byte) Answer, input []byte) (answer Answer) {
	defer func() {
		if failure := recover(); failure != nil {
			answer = Answer{InternalError: fmt.Sprintf("panic: %v", failure)}
		}
	}()
	return run(input)
}

func lend(bytes []byte) uint32 {
	pointer := uint32(uintptr(unsafe.Pointer(unsafe.SliceData(bytes))))
	lent[pointer] = bytes
	return pointer
}

package yaml

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

var texts = []string{
	`{}`, `[]`, `null`, `true`, `{"a":[],"b":{},"c":[{"d":[1,2,[3]]}]}`,
	`{"n":[0,-1,1.5,1e21,1e-7,-0.5e+3,12345678901234567890]}`,
	`{"s":["","a","\"","\\","\\\"","a\\","\u0000\n\t","\ufffe","é😀","a\"b\"c","\\u0041"]}`,
	`{"":1,"a\"b":{"c\\":2},"<<":{"x":1},"=":3}`,
	`{"a":1,"a":2}`,
}

func TestDecodeReadsWhatEncodingJSONReads(t *testing.T) {
	for _, text := range texts {
		got, err := decode(text)
		var want any
		if failure := json.Unmarshal([]byte(text), &want); err != nil || failure != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v, %v, %v", text, got, want, err, failure)
		}
	}
}

func TestDecodeLeavesEverythingElseToEncodingJSON(t *testing.T) {
	broken := []string{``, ` {}`, `{} `, `{`, `{"a"}`, `{"a":}`, `{"a":1,}`, `[1,]`, `[1 ,2]`, `"a`, `"\"`, `tru`, `{a:1}`, `{"a":1}}`, "\"\n\"", `"\x"`, `1e999`, `--1`,
		strings.Repeat("[", 1001) + strings.Repeat("]", 1001)}
	for _, text := range broken {
		if got, err := decode(text); err == nil {
			t.Errorf("%s: got %#v, want an error", text, got)
		}
	}
	for _, text := range texts {
		for end := range text {
			if got, err := decode(text[:end]); err == nil && !json.Valid([]byte(text[:end])) {
				t.Errorf("%s: got %#v, want an error", text[:end], got)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var value any
		if json.Unmarshal([]byte(text), &value) != nil {
			return
		}
		canonical, _ := json.Marshal(value)
		got, err := decode(string(canonical))
		if err != nil || !reflect.DeepEqual(got, value) {
			t.Errorf("%s: got %#v, want %#v, %v", canonical, got, value, err)
		}
	})
}

// Command conformance answers, with the Go libraries that Flux and Helm use, what Node cannot know:
// whether a directory builds, what a YAML text means to Go, and whether the native kubeconform finds it valid.
//
// All subcommands read one JSON object a line on stdin and write one a line on stdout, in the same order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

var commands = map[string]func(line []byte) (any, error){
	"kustomize":   buildLine,
	"yaml":        parseLine,
	"kubeconform": judgeLine,
}

func main() {
	if len(os.Args) != 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: conformance kustomize|yaml|kubeconform < questions.jsonl > answers.jsonl")
		os.Exit(2)
	}
	if err := answerLines(os.Stdin, os.Stdout, commands[os.Args[1]]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// answerLines fails only on a broken line; what is wrong with a directory or a text is part of its answer.
func answerLines(in io.Reader, out io.Writer, answer func([]byte) (any, error)) error {
	reader := bufio.NewReader(in)
	writer := bufio.NewWriter(out)
	encoder := json.NewEncoder(writer)

	for {
		line, err := reader.ReadBytes('\n')
		if len(line) > 1 {
			result, err := answer(line)
			if err != nil {
				return err
			}
			if err := encoder.Encode(result); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return writer.Flush()
		}
		if err != nil {
			return err
		}
	}
}

// Command conformance-helm answers, with the Helm engine that Flux uses, whether a chart renders with given values.
//
// It reads one JSON object a line on stdin and writes one a line on stdout, in the same order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
)

func main() {
	if len(os.Args) != 2 || os.Args[1] != "render" {
		fmt.Fprintln(os.Stderr, "usage: conformance-helm render < questions.jsonl > answers.jsonl")
		os.Exit(2)
	}
	// Helm warns on the log of what it tolerates, hundreds of lines for some charts.
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))

	if err := answerLines(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// answerLines fails only on a broken line; what is wrong with a chart or its values is part of its answer.
func answerLines(in io.Reader, out io.Writer) error {
	reader := bufio.NewReader(in)
	writer := bufio.NewWriter(out)
	encoder := json.NewEncoder(writer)

	for {
		line, err := reader.ReadBytes('\n')
		if len(line) > 1 {
			var question Question
			if err := json.Unmarshal(line, &question); err != nil {
				return err
			}
			if err := encoder.Encode(answer(question)); err != nil {
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

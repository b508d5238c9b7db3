package yaml

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// decoder reads what JSON.stringify writes, in half of the time that encoding/json takes: it reads once, and texts stay where they are.
// What it does not expect is an error, and then encoding/json has the word.
type decoder struct {
	text  string
	at    int
	depth int
}

var errUnexpected = errors.New("unexpected")

func decode(text string) (any, error) {
	d := &decoder{text: text}
	value, err := d.value()
	if err == nil && d.at != len(text) {
		err = errUnexpected
	}
	return value, err
}

func (d *decoder) value() (any, error) {
	switch c := d.peek(); {
	case c == '"':
		return d.str()
	case c == '{':
		return nest(d, d.object)
	case c == '[':
		return nest(d, d.array)
	case c == '-' || c >= '0' && c <= '9':
		return d.number()
	}
	for _, word := range words {
		if strings.HasPrefix(d.text[d.at:], word.text) {
			d.at += len(word.text)
			return word.value, nil
		}
	}
	return nil, errUnexpected
}

var words = []struct {
	text  string
	value any
}{{"true", true}, {"false", false}, {"null", nil}}

// nest leaves what is nested deeper than any object to encoding/json, which has a limit.
func nest[T any](d *decoder, read func() (T, error)) (any, error) {
	if d.depth++; d.depth > 1000 {
		return nil, errUnexpected
	}
	value, err := read()
	d.depth--
	return value, err
}

func (d *decoder) object() (map[string]any, error) {
	object := map[string]any{}
	if d.at++; d.take('}') {
		return object, nil
	}
	for {
		key, err := d.str()
		if err != nil || !d.take(':') {
			return nil, errUnexpected
		}
		if object[key], err = d.value(); err != nil {
			return nil, err
		}
		if !d.take(',') {
			return object, d.expect('}')
		}
	}
}

func (d *decoder) array() ([]any, error) {
	array := []any{}
	if d.at++; d.take(']') {
		return array, nil
	}
	for {
		value, err := d.value()
		if err != nil {
			return nil, err
		}
		array = append(array, value)
		if !d.take(',') {
			return array, d.expect(']')
		}
	}
}

func (d *decoder) number() (float64, error) {
	start := d.at
	for strings.IndexByte("+-.0123456789Ee", d.peek()) >= 0 {
		d.at++
	}
	return strconv.ParseFloat(d.text[start:d.at], 64)
}

func (d *decoder) str() (string, error) {
	if d.peek() != '"' {
		return "", errUnexpected
	}
	start := d.at
	for d.at++; d.at < len(d.text); d.at++ {
		switch c := d.text[d.at]; {
		case c == '"':
			d.at++
			return d.text[start+1 : d.at-1], nil
		case c == '\\':
			return d.escaped(start)
		case c < ' ':
			return "", errUnexpected
		}
	}
	return "", errUnexpected
}

func (d *decoder) escaped(start int) (text string, err error) {
	for ; d.at < len(d.text); d.at++ {
		if d.text[d.at] == '\\' {
			d.at++
		} else if d.text[d.at] == '"' {
			d.at++
			return text, json.Unmarshal([]byte(d.text[start:d.at]), &text)
		}
	}
	return "", errUnexpected
}

// peek is 0 at the end.
func (d *decoder) peek() byte {
	if d.at < len(d.text) {
		return d.text[d.at]
	}
	return 0
}

func (d *decoder) take(c byte) bool {
	if d.peek() != c {
		return false
	}
	d.at++
	return true
}

func (d *decoder) expect(c byte) error {
	if d.take(c) {
		return nil
	}
	return errUnexpected
}

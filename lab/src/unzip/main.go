// Command unzip writes one file of a zip archive to stdout: unzip ARCHIVE NAME. A minimal Debian has no such program.
package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: unzip ARCHIVE NAME"))
	}
	archive, err := zip.OpenReader(os.Args[1])
	fail(err)
	file, err := archive.Open(os.Args[2])
	fail(err)
	_, err = io.Copy(os.Stdout, file)
	fail(err)
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "unzip:", err)
		os.Exit(1)
	}
}

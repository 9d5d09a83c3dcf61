// Command crictl answers the few questions that kind and people ask of the container runtime of a node: images,
// inspecti IMAGE, pods, ps, info, version. Answers are the runtime's own, as JSON; "images" is a table.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

const (
	endpoint = "unix:///run/containerd/containerd.sock"
	deadline = 20 * time.Second
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "crictl:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("usage: crictl images | inspecti IMAGE | pods | ps | info | version")
	}
	connection, err := grpc.NewClient(endpoint, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	return ask(ctx, cri.NewImageServiceClient(connection), cri.NewRuntimeServiceClient(connection), args)
}

func ask(ctx context.Context, images cri.ImageServiceClient, runtime cri.RuntimeServiceClient, args []string) error {
	switch args[0] {
	case "images", "image", "img":
		answer, err := images.ListImages(ctx, &cri.ListImagesRequest{})
		if err != nil {
			return err
		}
		printImages(answer.Images)
		return nil
	case "inspecti":
		return inspectImage(ctx, images, args[len(args)-1])
	case "pods":
		return report(runtime.ListPodSandbox(ctx, &cri.ListPodSandboxRequest{}))
	case "ps":
		return report(runtime.ListContainers(ctx, &cri.ListContainersRequest{}))
	case "info":
		return report(runtime.Status(ctx, &cri.StatusRequest{Verbose: true}))
	case "version", "--version":
		return report(runtime.Version(ctx, &cri.VersionRequest{}))
	}
	return fmt.Errorf("unknown command %q", args[0])
}

// inspectImage prints {"status": …} like the real program; kind reads status.id of it.
func inspectImage(ctx context.Context, images cri.ImageServiceClient, reference string) error {
	request := &cri.ImageStatusRequest{Image: &cri.ImageSpec{Image: reference}}
	answer, err := images.ImageStatus(ctx, request)
	if err == nil && answer.Image == nil {
		err = fmt.Errorf("no such image %q present", reference)
	}
	if err != nil {
		return err
	}
	return report(map[string]any{"status": answer.Image}, nil)
}

func printImages(images []*cri.Image) {
	for _, image := range images {
		for _, name := range append(image.RepoTags, image.RepoDigests...) {
			fmt.Printf("%-80s %-24.24s %d\n", name, image.Id, image.Size)
		}
	}
}

func report[T any](answer T, err error) error {
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(answer)
}

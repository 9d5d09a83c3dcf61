import {connectContainer, listContainers, removeContainers} from './engine/containers.ts'
import {startContainers, stopContainers} from './engine/start-and-stop.ts'
import {execInContainer} from './engine/exec.ts'
import {imageId, loadImages, pullImage, saveImages, tagImage} from './engine/images.ts'
import {readEngineInfo} from './engine/info.ts'
import {inspectImages, listImages, removeImages} from './engine/list-images.ts'
import {commitContainer, runContainer} from './engine/make-image.ts'
import {createNetwork, listNetworks, removeNetwork} from './engine/networks.ts'
import {createDocker} from './engine/run-docker.ts'
import type {EngineDriver} from './ports.ts'
import type {Processes} from './process.ts'

/** The container engine by its command line `docker`: whatever context, host or credentials the user's docker has, ours has too. */
export function createEngineDriver(processes: Processes): EngineDriver {
  const docker = createDocker(processes)
  return {
    info: (signal) => readEngineInfo(docker, signal),
    containers: (label, signal) => listContainers(docker, label, signal),
    networks: (signal) => listNetworks(docker, signal),
    createNetwork: (network, signal) => createNetwork(docker, network, signal),
    removeNetwork: (name) => removeNetwork(docker, name),
    connect: (network, container, ip, signal) => connectContainer(docker, {network, container, ip}, signal),
    imageId: (reference, signal) => imageId(docker, reference, signal),
    pull: (reference, options) => pullImage(docker, reference, options),
    tag: (source, target) => tagImage(docker, source, target),
    load: (file, signal) => loadImages(docker, file, signal),
    save: (references, signal) => saveImages(docker, references, signal),
    images: (filters, signal) => listImages(docker, filters, signal),
    image: async (reference, signal) => (await inspectImages(docker, [reference], signal ? {signal} : {}))[0],
    removeImages: (names) => removeImages(docker, names),
    run: (container) => runContainer(docker, container),
    commit: (container, image) => commitContainer(docker, container, image),
    exec: (container, argv, options) => execInContainer(docker, container, argv, options),
    startContainers: (names, signal) => startContainers(docker, names, signal),
    stopContainers: (names, signal) => stopContainers(docker, names, signal),
    removeContainers: (names) => removeContainers(docker, names),
  }
}

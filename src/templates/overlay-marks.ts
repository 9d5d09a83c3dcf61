/** Where an overlay snapshotter of containerd keeps unpacked layers, below containerd's root. */
export const snapshotFolder = 'io.containerd.snapshotter.v1.overlayfs'

/** On a node, and in its image: layers that all nodes of the image share. */
export const sharedLayers = '/opt/k8s-local/layers'

/** On a node: the marks, until they are put in. */
export const marksFile = '/var/lib/k8s-local/overlay-marks.tar'

/** The unit that puts them in, and the link by which containerd waits for it. */
export const marksUnit = {
  path: '/etc/systemd/system/k8s-local-warm.service',
  link: '/etc/systemd/system/containerd.service.requires/k8s-local-warm.service',
} as const

/**
 * Layers say what they delete by device nodes and by attributes that only an overlay may read (kernel, filesystems/overlayfs, "whiteouts and opaque
 * directories"). An engine that keeps containers on overlays itself can take neither into an image. So a warm image carries them in an archive, and a
 * node unpacks it once, before its containerd starts; /var is a plain file system there.
 */
export const marksUnitText = `[Unit]
Description=What image layers delete, put in place once
Before=containerd.service
ConditionPathExists=${marksFile}

[Service]
Type=oneshot
ExecStart=/usr/bin/tar --extract --file=${marksFile} --directory=/var/lib/containerd/${snapshotFolder} --xattrs --xattrs-include=trusted.overlay.* --same-permissions --numeric-owner
ExecStart=/usr/bin/rm ${marksFile}
`

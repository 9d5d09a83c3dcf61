/** Thrown inside the quick reader where only YAML's own reader can go on. */
export class Unread extends Error {}

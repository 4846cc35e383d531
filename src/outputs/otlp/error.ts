// The push cannot be set up as it is configured.

/** `message` is one line, fit to be shown as it is; the program ends with exit code 2. */
export class OtlpError extends Error {}

// What is said between the script and a lane: the process that runs tests in a copy of the project.

/** A file has changed, and these tests are to be run, in this order, up to the first that fails. */
export interface LaneRequest {
  readonly changed?: string;
  readonly tests: readonly string[];
}

/** A test file was run; `failure` is its first test that failed, or what went wrong without one. */
export interface TestRun {
  readonly kind: 'test';
  readonly file: string;
  readonly durationMs: number;
  readonly failure?: string;
}

export type LaneMessage = { readonly kind: 'ready' } | TestRun | { readonly kind: 'done' };

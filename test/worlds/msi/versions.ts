// The versions of the packages whose program only writes down what it is called with: the first is upgraded to the second.
export const RECORDING_VERSIONS = ['1.2.3', '1.10.0'] as const;

// Commands that print something and end.
export const PRINTING = [
  '--help',
  '--version',
  'statistics --help',
  'check-config',
  'metrics',
  'metrics --limits',
  'connections',
  'connections --json',
  'statistics',
];

// How the states of TCP connections are shown: the same color on each dashboard.

/** Those that ask for a look are warm; the names are what a legend shows. */
export const STATE_COLORS: Readonly<Record<string, string>> = {
  established: 'green',
  time_wait: 'blue',
  close_wait: 'red',
  syn_received: 'orange',
  syn_sent: 'yellow',
  fin_wait_1: 'light-purple',
  fin_wait_2: 'purple',
  last_ack: 'dark-purple',
  bound: 'semi-dark-yellow',
};

// The owner and the access list of a private folder, as text: before the service is let in, and with it.

export const SHUT = 'O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
export const SID = 'S-1-5-80-1590746636-1527481235-3529960765-3173313581-3738713453';
export const PRIVATE = `${SHUT}(A;OICI;FR;;;${SID})`;

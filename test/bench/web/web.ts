// Benchmark of a closed server: what TLS and passwords add, and what a wrong password tells.
import type { Part } from '../harness/part.ts';
import { refusalsTable } from './refusals.ts';
import { scrapesTable } from './scrapes.ts';

const ABOUT = `
The built program with a recording of a small Windows server, open and with a web configuration. Scrapes come from one client, uncompressed, by turns from each of four programs, on a connection that is kept and on one of their own.
A password that was right is remembered by a digest, so that bcrypt is not asked again; a new TLS connection has a whole handshake: this client keeps no session.

Wrong passwords are other ones each time, by turns for a user that there is and for one that there is not. The last column is by how many standard deviations the ranks of the times of the latter are off chance, by the rank sum test:
beyond 1.96 either way, the two could be told apart.
`;

export const web: Part = {
  name: 'web',
  title: 'TLS and passwords',
  about: ABOUT,
  run: async () => ({ tables: [await scrapesTable(), await refusalsTable()] }),
};

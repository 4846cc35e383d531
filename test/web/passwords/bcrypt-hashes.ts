// bcrypt hashes that other implementations made, with their passwords.

export interface KnownHash {
  readonly madeBy: string;
  readonly password: string;
  readonly hash: string;
}

/** golang.org/x/crypto v0.49.0: bcrypt.GenerateFromPassword(password, cost). */
const GO = 'Go';
/** Apache 2.4.71 of Debian: htpasswd -nbBC COST user PASSWORD. */
const HTPASSWD = 'htpasswd';
/** libxcrypt 4.4.33 of Debian: perl -e 'print crypt($password, q($2b$05$N9qo8uLOickgx2ZMRZoMye))'. */
const LIBXCRYPT = 'libxcrypt';

const PLAIN = 'correct horse battery staple';
const UNICODE = 'Grüße, 世界 🔑';

export const KNOWN_HASHES: readonly KnownHash[] = [
  { madeBy: GO, password: PLAIN, hash: '$2a$04$8r/YfB6.VbjWNu/yeylrMu/ykJ1Dxq49ZAg9XizQyIidaYJNxzXFW' },
  { madeBy: GO, password: PLAIN, hash: '$2a$10$XcbeQONWOPZntOXS.hb3TeYjwB8KnN1.UxPMjPttmtNahKV36MuSG' },
  { madeBy: GO, password: UNICODE, hash: '$2a$05$oT9LFBtLTCkKvefgh5Fg3Oth45cCLUwnZSs8UIzTkjpKZpytoIvqm' },
  { madeBy: GO, password: '', hash: '$2a$04$z6qXnJkTukbSWTaKzihzr.puwVe12n6edS4afYUAykwQsUhqxDCVa' },
  { madeBy: HTPASSWD, password: PLAIN, hash: '$2y$04$Jl9b2r8WM0xrxyhfseacOefIMlhr7GKc6cDIx2SqGOj2uH6KeEaYy' },
  { madeBy: HTPASSWD, password: PLAIN, hash: '$2y$10$BOcUYICkjMYCzqSa4lITourD6.A5LrG.iaI.qzEPHGy6QSFaaIhN6' },
  { madeBy: HTPASSWD, password: UNICODE, hash: '$2y$04$TeK//qsm2maUNTnJ7XcooO18dyH3nQD96AQ6dtdJeHRBVPIpkMvkG' },
  { madeBy: HTPASSWD, password: '', hash: '$2y$04$YBcfws5CbNHzvRw1K6ciHu/VMFck0W0QlXWTyOiIKk8W4yMRovvni' },
  { madeBy: LIBXCRYPT, password: PLAIN, hash: '$2a$05$N9qo8uLOickgx2ZMRZoMyemwPFtx3QEfMRArLNRINBYFDEB9/P5yG' },
  { madeBy: LIBXCRYPT, password: PLAIN, hash: '$2b$05$N9qo8uLOickgx2ZMRZoMyemwPFtx3QEfMRArLNRINBYFDEB9/P5yG' },
  { madeBy: LIBXCRYPT, password: PLAIN, hash: '$2y$05$N9qo8uLOickgx2ZMRZoMyemwPFtx3QEfMRArLNRINBYFDEB9/P5yG' },
  { madeBy: LIBXCRYPT, password: UNICODE, hash: '$2b$04$N9qo8uLOickgx2ZMRZoMyeQBqG3FhOj39/D6lTBgJ0V.R0GaqolF6' },
];

/** Of more than 72 bytes; Go's CompareHashAndPassword says the same of each. */
export const LONG_PASSWORDS = [
  {
    name: 'the first 72 bytes are the hashed ones',
    password: `${'x'.repeat(72)}more`,
    hash: '$2y$04$3M0w55tHyoFB14viLXuGlejYsHjc5PQo6kUEISPXNWvEqRraUdBgq',
    matches: true,
  },
  {
    name: 'the 72nd byte is another one',
    password: `${'x'.repeat(71)}-more`,
    hash: '$2y$04$3M0w55tHyoFB14viLXuGlejYsHjc5PQo6kUEISPXNWvEqRraUdBgq',
    matches: false,
  },
  {
    name: 'the 72nd byte is the first half of a letter',
    password: `${'0123456789'.repeat(7)}aézzz`,
    hash: '$2b$04$N9qo8uLOickgx2ZMRZoMyeA6dmrBNer7AykV/LfsOUxOsxWUwfABK',
    matches: true,
  },
];

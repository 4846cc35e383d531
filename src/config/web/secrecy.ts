// What must not be shown in errors: hashes of passwords and private keys, wherever they were written by mistake.

/** Names of users and keys as people write them. */
const PLAIN_NAME = /^[A-Za-z_][\w.-]{0,39}$/;
/** The beginnings of a bcrypt hash and of PEM. */
const SECRET = /\$2[a-z]?\$|-----/;

/** For values that are no secrets as such. */
export function looksSecret(text: string): boolean {
  return SECRET.test(text);
}

/** The name of a key that may be anything, for an error. */
export function shownName(name: string): string {
  return PLAIN_NAME.test(name) ? name : '(not shown)';
}

// What a request is for, in the one form that the application knows.

const SCHEME_AND_AUTHORITY = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i;

/** RFC 9112, 3.2: `http://host/path` and `*` are targets as well. A fragment is no part of one, but clients send it. */
export function originForm(target: string): string {
  const [withoutFragment = ''] = target.replace(SCHEME_AND_AUTHORITY, '').split('#');
  return withoutFragment.startsWith('/') ? withoutFragment : `/${withoutFragment}`;
}

/** The host that a whole URL is for: it counts, and what the Host header says does not (RFC 9112, 3.2.2). Undefined for other targets. */
export function authorityOf(target: string): string | undefined {
  return SCHEME_AND_AUTHORITY.exec(target)?.[1];
}

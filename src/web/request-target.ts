// What a request is for, in the one form that the application knows.

/** RFC 9112, 3.2: `http://host/path` and `*` are targets as well. A fragment is no part of one, but clients send it. */
export function originForm(target: string): string {
  const [withoutFragment = ''] = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').split('#');
  return withoutFragment.startsWith('/') ? withoutFragment : `/${withoutFragment}`;
}

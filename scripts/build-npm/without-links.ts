// Markdown for where only a few of our files are.

/** An inline link, or an image: its text, and where it leads to. */
const LINK = /!?\[([^[\]]*)\]\(([^()]*)\)/g;

/** The same text, in which what leads to our own files is no link. */
export function withoutRelativeLinks(markdown: string): string {
  const text = markdown.replace(LINK, (link: string, shown: string, target: string) =>
    /^https?:/.test(target) ? link : shown,
  );
  // A picture that was a link's text has made room for that: each round is shorter.
  return text === markdown ? text : withoutRelativeLinks(text);
}

// Names as a person asks for them: whatever their case, with `*` for anything.

const ANYTHING = '*';
const IMAGE_SUFFIX = '.exe';

/** Tells whether a name is meant. */
export type NameTest = (name: string) => boolean;

/**
 * A test for the names that `pattern` means. Pieces between the `*` are looked for one after another, each at the first
 * place where it stands: nothing is tried twice, whatever a pattern looks like.
 */
export function nameTest(pattern: string): NameTest {
  const [head = '', ...pieces] = pattern.toLowerCase().split(ANYTHING);
  const tail = pieces.pop();
  if (tail === undefined) return (name) => name.toLowerCase() === head;
  return (name) => {
    const text = name.toLowerCase();
    if (!text.startsWith(head)) return false;
    let end = head.length;
    for (const piece of pieces) {
      const start = text.indexOf(piece, end);
      if (start === -1) return false;
      end = start + piece.length;
    }
    return text.length - tail.length >= end && text.endsWith(tail);
  };
}

/** The same for images: what Windows calls `nginx.exe` is meant by `nginx`, too. */
export function imageTest(pattern: string): NameTest {
  const test = nameTest(pattern);
  return (name) =>
    test(name) || (name.toLowerCase().endsWith(IMAGE_SUFFIX) && test(name.slice(0, -IMAGE_SUFFIX.length)));
}

// What the builders have in common as commands: how an option names what is to be built, and what they say.

/** What an option asks for that may be given several times: all where it is not given, in their own order. Throws one line. */
export function chosenNames<Name extends string>(
  option: string,
  all: readonly Name[],
  given: readonly string[] = all,
): Name[] {
  const unknown = given.find((name) => !all.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`--${option}=${unknown}: no such ${option}; allowed: ${all.join(', ')}`);
  return all.filter((name) => given.includes(name));
}

/** Says of each file that it is made, or in one line why not; then the exit code is 1. `command` as npm calls it. */
export async function tellMade(command: string, build: () => AsyncIterable<string>): Promise<void> {
  try {
    for await (const file of build()) console.log(`${command}: made ${file}`);
  } catch (error) {
    console.error(`${command}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

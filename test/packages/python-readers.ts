// Other readers of what a release has: packages of Python's, which test/worlds/packages/setup.sh installs.
import { execFileSync } from 'node:child_process';
import { findPart } from '../worlds/packages/parts.ts';

/** To CycloneDX' own library for Python, which has a validator of its own. */
export function isCycloneDx(text: string): boolean {
  return isTrue(
    `
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
print(JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None)`,
    text,
  );
}

/** To the grammar of PowerShell that editors have. */
export function isPowerShell(text: string): boolean {
  return isTrue(
    `
from tree_sitter import Language, Parser
import tree_sitter_powershell
print(not Parser(Language(tree_sitter_powershell.language())).parse(text.encode()).root_node.has_error)`,
    text,
  );
}

export function isXml(text: string): boolean {
  return isTrue(
    `
from xml.dom.minidom import parseString
from xml.parsers.expat import ExpatError
try:
    print(parseString(text) is not None)
except ExpatError:
    print(False)`,
    text,
  );
}

/** Whether the script prints True; it has the text in `text`. */
function isTrue(script: string, text: string): boolean {
  const packages = findPart('python');
  if (packages === undefined) throw new Error('no packages of Python: npm run test:packages makes them');
  const answer = execFileSync('python3', ['-c', `import sys\ntext = sys.stdin.read()${script}`], {
    input: text,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: packages },
    stdio: 'pipe',
  });
  if (!['True\n', 'False\n'].includes(answer)) throw new Error(`python3 printed ${answer}`);
  return answer === 'True\n';
}

// What is said about the options: for the command line's help, and as a table for the documentation.

import type { Option } from './option.ts';
import { OPTIONS } from './options.ts';

const OS_NAMES = { windows: 'Windows', linux: 'Linux' } as const;

/** What a command line parser needs to know of one option. */
export interface OptionReference {
  readonly name: string;
  /** `--log.level <level>`, or `--collector.process.pid-label` for a switch. */
  readonly flag: string;
  /** May be given several times; each time adds a value. */
  readonly repeatable: boolean;
  /** What the option does, and where else it is said. Without the default. */
  readonly description: string;
  /** As a user would write it, or in words: `10s`, `none`, `from the OS`. */
  readonly defaultText: string;
}

export function optionReferences(): readonly OptionReference[] {
  return Object.entries(OPTIONS).map(([name, option]: [string, Option]) => ({
    name,
    flag: option.placeholder === undefined ? `--${name}` : `--${name} <${option.placeholder}>`,
    repeatable: option.repeatable === true,
    description: describe(option),
    defaultText: defaultText(option),
  }));
}

/** The reference as a Markdown table, a line an option, in the order of the table of options. */
export function optionsMarkdown(): string {
  const rows = Object.entries(OPTIONS).map(([name, option]: [string, Option]) => {
    const flag = option.placeholder === undefined ? `--${name}` : `--${name}=<${option.placeholder}>`;
    const shown = isWritten(option) ? code(defaultText(option)) : prose(defaultText(option));
    return [code(flag), shown, prose(describe(option))];
  });
  const table = [['Option', 'Default', 'Meaning'], ['---', '---', '---'], ...rows];
  return table.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function describe(option: Option): string {
  const sentences = [option.help];
  if (option.repeatable) sentences.push('Repeatable.');
  if (option.os !== undefined) sentences.push(`${OS_NAMES[option.os]} only.`);
  if (option.commandLineOnly) sentences.push('On the command line only.');
  const variables = (option.environment ?? []).map((variable) => variable.name);
  if (variables.length > 0) sentences.push(`Environment: ${variables.join(', else ')}.`);
  return sentences.join(' ');
}

function defaultText(option: Option): string {
  return isWritten(option) ? [option.default].flat().join(', ') : (option.defaultNote ?? 'none');
}

function isWritten(option: Option): boolean {
  return option.default !== undefined && option.default.length > 0;
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function prose(text: string): string {
  return text.replace(/[\\|*_<`]/g, '\\$&');
}

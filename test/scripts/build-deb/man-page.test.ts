// netstat-exporter(1), made from the table of options. How it is shown: test/packages/deb-build.test.ts
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, manPage } from '../../../scripts/build-deb/man-page.ts';
import { PROJECT } from '../../../scripts/run-command.ts';
import { optionReferences } from '../../../src/config/reference.ts';

const page = manPage('1.2.3', '2026-12-01');

describe('netstat-exporter(1)', () => {
  it('says of which version and day it is', () => {
    expect(page).toMatch(
      /^\.TH "NETSTAT\\-EXPORTER" "1" "2026\\-12\\-01" "netstat\\-exporter 1\.2\.3" "User Commands"\n/,
    );
  });

  it('has every option once, with its default', () => {
    for (const { name, flag } of optionReferences()) {
      const escaped = `--${name}`.replaceAll('-', '\\-');
      expect(page.split(`\n.TP\n\\fB${escaped}\\fR`), flag).toHaveLength(2);
    }
    expect(page).toContain('\n\\fB\\-\\-log.level\\fR=\\fIlevel\\fR\nLeast severe');
    expect(page).toContain(' Default: info.\n');
  });

  it('has the commands that --help has, in its words, but for those of Windows', () => {
    const help = spawnSync(process.execPath, [join(PROJECT, 'dist', 'netstat-exporter.js'), '--help'], {
      encoding: 'utf8',
    }).stdout.split('\nCommands:\n')[1];
    const commands = Array.from(help?.matchAll(/^ {2}(\S+).*? {2,}(\S.*)$/gm) ?? [], ([, name, text]) => [name, text]);
    expect(commands.length).toBeGreaterThan(4);
    expect(Object.entries(COMMANDS).map(([name, text]) => [name.split(' ')[0], text])).toEqual(
      commands.filter(([name]) => name !== 'service'),
    );
  });

  it('takes no line of text for a request, and no hyphen for another sign', () => {
    const requests = page.split('\n').filter((line) => /^[.']/.test(line));
    expect(requests.filter((line) => !/^\.(?:TH|SH|TP|PP|B|BR|RI) ?/.test(line))).toEqual([]);
    expect(page.replaceAll('\\-', '')).not.toContain('-');
  });
});

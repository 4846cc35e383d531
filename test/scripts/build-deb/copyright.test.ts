// debian/copyright, made from the notices that come with the executable.
import { describe, expect, it } from 'vitest';
import { debianCopyright } from '../../../scripts/build-deb/copyright.ts';
import { noticesOfPackages } from '../../../scripts/build-exe/notices.ts';
import { PROJECT } from '../../../scripts/run-command.ts';

const paragraphsOf = (notices: string): string[] => debianCopyright(notices).split('\n\n');

describe('debian/copyright', () => {
  it('names the format first, then what is our own', () => {
    const [header, own] = paragraphsOf('== a 1.0.0 (MIT) ==\n\nText\n');
    expect(header).toMatch(/^Format: https:\/\/www\.debian\.org\/doc\/packaging-manuals\/copyright-format\/1\.0\/\n/);
    expect(own).toBe('Files: *\nCopyright: The netstat-exporter authors\nLicense: Apache-2.0');
  });

  it('gives each package its holders, the licence by Debian’s name, and its text', () => {
    const text = 'MIT License\n\nCopyright (c) 2020 One\nCopyright 2021 Two <two@x>\n\nPermission is granted.';
    expect(paragraphsOf(`== @scope/name 1.2.3 (MIT) ==\n\n${text}\n`)[2]).toBe(`Files: node_modules/@scope/name/*
Copyright: Copyright (c) 2020 One
 Copyright 2021 Two <two@x>
Comment: @scope/name 1.2.3
License: Expat
 MIT License
 .
 Copyright (c) 2020 One
 Copyright 2021 Two <two@x>
 .
 Permission is granted.`);
  });

  it('names the Apache License, which Debian has, and takes its terms for no holder', () => {
    const text = 'Apache License\n\nCopyright License. Subject to\n\n   Copyright [yyyy] [name of copyright owner]';
    const paragraphs = paragraphsOf(`== long 5.0.0 (Apache-2.0) ==\n\n${text}\n`);
    expect(paragraphs[2]).toBe(
      'Files: node_modules/long/*\nCopyright: The authors of long\nComment: long 5.0.0\nLicense: Apache-2.0',
    );
    expect(paragraphs.at(-1)).toMatch(/^License: Apache-2\.0\n .*\n \/usr\/share\/common-licenses\/Apache-2\.0\.\n$/);
  });

  it('gives Node.js, whose licence has no name, its own text', () => {
    expect(paragraphsOf('== Node.js 26.10.0 ==\n\nCopyright Node.js contributors. All rights reserved.\n')[2]).toBe(
      `Files: Node.js/*
Copyright: Copyright Node.js contributors. All rights reserved.
Comment: Node.js 26.10.0
License: Node.js
 Copyright Node.js contributors. All rights reserved.`,
    );
  });

  it('reads what the executables’ notices are written as', () => {
    const notices = noticesOfPackages([`${PROJECT}/node_modules/express`, `${PROJECT}/node_modules/koffi`]);
    expect(paragraphsOf(notices).flatMap((paragraph) => /^Files: (.*)$/m.exec(paragraph)?.[1] ?? [])).toEqual([
      '*',
      'node_modules/express/*',
      'node_modules/koffi/*',
    ]);
  });

  it.each([
    ['', 'THIRD-PARTY-NOTICES.txt does not begin with a heading such as "== name 1.2.3 (MIT) =="'],
    ['Text\n== a 1.0.0 ==\n', 'THIRD-PARTY-NOTICES.txt does not begin with a heading such as "== name 1.2.3 (MIT) =="'],
    ['== nothing ==\n', 'THIRD-PARTY-NOTICES.txt: "== nothing ==" has no name and version'],
  ])('refuses %j', (notices, message) => {
    expect(() => debianCopyright(notices)).toThrow(new Error(message));
  });
});

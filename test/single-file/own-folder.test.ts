// World: none; who the user is, is made up.
import { userInfo } from 'node:os';
import { expect, it, vi } from 'vitest';
import { ownFolder } from '../../src/single-file/own-folder.ts';

vi.mock('node:os', async (importOriginal) => ({ ...(await importOriginal<object>()), userInfo: vi.fn() }));
// There is no packed binary whose name could be told.
vi.mock('../../src/single-file/koffi-file.ts', () => ({ koffiFileName: () => 'koffi-0123.node' }));

function ownFolderOf(homedir: string): () => string {
  vi.mocked(userInfo).mockReturnValue({ homedir } as ReturnType<typeof userInfo>);
  return ownFolder;
}

it('is below the home folder that the system has for the user', () => {
  expect(ownFolderOf('/home/ann')()).toMatch(/^\/home\/ann[\\/].*[\\/]netstat-exporter$/);
});

it.each(['C:\\Windows\\ServiceProfiles\\LocalService', 'c:\\windows\\serviceprofiles\\NetworkService'])(
  'is not below %s, which is that of all services with one account',
  (homedir) => {
    expect(ownFolderOf(homedir)).toThrow(
      /^cannot unpack koffi's binary: .* is not of one service alone; allowed: koffi-0123\.node in /,
    );
  },
);

it('is none for a user that the system does not know', () => {
  vi.mocked(userInfo).mockImplementation(() => {
    throw new Error('ENOENT');
  });
  expect(ownFolder).toThrow(/this user has no home folder \(ENOENT\); allowed: koffi-0123\.node in /);
});

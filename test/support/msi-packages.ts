// Where the packages for Windows Installer are that the tests install: made on Linux, and brought along to Windows.
import { fileURLToPath } from 'node:url';

/** Where `npm run build:msi` makes them. */
export const MSI_PACKAGES = fileURLToPath(new URL('../../build/msi', import.meta.url));
/** Above all that there will be. Wine takes versions from 128 on for negative numbers. */
export const NEXT_VERSION = '99.0.0';
export const NEXT_VERSION_PACKAGES = fileURLToPath(new URL('../../build/msi/next-version', import.meta.url));

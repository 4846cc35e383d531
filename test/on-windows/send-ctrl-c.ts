// A program for the tests: send-ctrl-c.ts PID sends Ctrl-C to all programs of the console in which that process is.
// Start it in a console of its own (windowsHide), which it leaves: Ctrl-C goes to everybody in one.
import koffi from 'koffi';

const CTRL_C_EVENT = 0;
/** Process group 0: all programs of this console. */
const WHOLE_CONSOLE = 0;

const kernel32 = koffi.load('kernel32.dll');
const leaveConsole = kernel32.func('int32_t __stdcall FreeConsole()');
const joinConsole = kernel32.func('int32_t __stdcall AttachConsole(uint32_t pid)');
const sendEvent = kernel32.func('int32_t __stdcall GenerateConsoleCtrlEvent(uint32_t event, uint32_t group)');

leaveConsole();
if (joinConsole(Number(process.argv[2])) === 0) throw new Error('AttachConsole failed');
process.on('SIGINT', () => {}); // it reaches this program too
if (sendEvent(CTRL_C_EVENT, WHOLE_CONSOLE) === 0) throw new Error('GenerateConsoleCtrlEvent failed');
process.exit(0);

/**
 * Ends this process as a request to stop does when its standard input closes: whoever started it
 * holds the other end, so it ends with them however they ended.
 */
export function endWithInput(): void {
    process.stdin.once('close', () => process.kill(process.pid, 'SIGTERM'));
    // Read to see the end of it, but no reason to stay.
    process.stdin.resume();
    (process.stdin as unknown as { unref(): void }).unref();
}

/** What a shell reports of a tool that died of SIGPIPE: 128 + 13. */
const readerLeft = 141;

/**
 * A reader that has seen enough (`jointly export kpis | head`) closes its end of the pipe. Without
 * data to give there is nothing left to do; without a reader for progress the work goes on, and
 * the exit code tells how it ended.
 */
export function outliveReaders(): void {
    process.stdout.on('error', (error) => {
        assertReaderLeft(error);
        process.exit(readerLeft);
    });
    process.stderr.on('error', assertReaderLeft);
}

function assertReaderLeft(error: NodeJS.ErrnoException): void {
    if (error.code !== 'EPIPE') throw error;
}

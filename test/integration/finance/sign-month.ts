import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type Disk, folderDisk } from '../../../pipelines/disk.ts';
import { signPeriod } from '../../../pipelines/finance/close.ts';
import { readLedger } from '../../../pipelines/finance/ledger.ts';
import { actor, payOf, question, statement, words } from '../../finance/pay.ts';

/** Enough lines that a disk takes a while over them. */
const payees = Array.from({ length: 60 }, (_, index) => `payee-${String(index).padStart(3, '0')}`);

/** Signs a month of a company of 60 people, as the command line does. */
export function signMonth(disk: Disk, period: string): void {
    const pay = payOf(
        ...['2026-09', '2026-10'].flatMap((month) =>
            payees.map((payee) =>
                statement(payee, month, ['1000.00', '-200.00', '30.05'], { plan_id: null }),
            ),
        ),
    );
    signPeriod(disk, question(period, readLedger(disk), pay), words, actor);
}

/** Ends the whole program so many milliseconds after it is told, however busy the one thread is. */
const killer = `
    const { parentPort, workerData } = require('node:worker_threads');
    parentPort.postMessage('ready');
    Atomics.wait(workerData.flag, 0, 0);
    Atomics.wait(workerData.flag, 0, 1, workerData.delay);
    process.kill(process.pid, 'SIGKILL');
`;

// Run as a program, which is killed so many milliseconds after it began to write: by a thread of its
// own, because on a busy machine another program hears of the first write when the last one is over.
// It says how long the writing took, where that was faster.
if (process.argv[1] === import.meta.filename) {
    const [ledger = '', period = '', delay = ''] = process.argv.slice(2);
    const disk = folderDisk(ledger);
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(killer, { eval: true, workerData: { flag, delay: Number(delay) } });
    await once(worker, 'message');
    let start: number | undefined;
    const telling: Disk = {
        ...disk,
        write: (name, text) => {
            if (start === undefined) {
                Atomics.store(flag, 0, 1);
                Atomics.notify(flag, 0);
                start = performance.now();
            }
            disk.write(name, text);
        },
    };
    signMonth(telling, period);
    writeSync(1, String(performance.now() - (start ?? 0)));
    process.exit();
}

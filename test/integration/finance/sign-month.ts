import { writeSync } from 'node:fs';
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

// Run as a program, which somebody may kill: it says when it begins to write.
if (process.argv[1] === import.meta.filename) {
    const [ledger = '', period = ''] = process.argv.slice(2);
    const disk = folderDisk(ledger);
    const telling: Disk = {
        ...disk,
        write: (name, text) => {
            writeSync(1, `${name}\n`);
            disk.write(name, text);
        },
    };
    signMonth(telling, period);
}

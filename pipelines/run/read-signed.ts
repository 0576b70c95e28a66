import type { Config } from '../config.ts';
import { folderDisk } from '../disk.ts';
import { readLedger } from '../finance/ledger.ts';
import { signedPeriods } from '../finance/periods.ts';

/**
 * What the ledger says is payable, a row for each statement that is signed.
 * @param until only what had been entered by then, as in `2026-03-31 22:00:00`; left out, everything
 * @throws ContractError for a ledger that was changed
 */
export function readSigned({ ledger: folder }: Pick<Config, 'ledger'>, until?: string) {
    const whole = readLedger(folderDisk(folder));
    const isKnown = (at: string) => until === undefined || at.replace('T', ' ') <= until;
    const ledger = { ...whole, entries: whole.entries.filter(({ at }) => isKnown(at)) };
    return signedPeriods(ledger).flatMap(({ period, state, signature, last }) =>
        (signature?.signedLines ?? [])
            .filter((line) => line.line_type === 'total')
            .map((line) => ({
                period_start: `${period}-01`,
                payee_id: line.payee_id,
                currency_code: line.currency_code,
                earned_amount: line.head?.earned_amount ?? '0.00',
                payable_amount: line.amount,
                state,
                signed_by: signature?.by ?? '',
                signed_on: (signature?.at ?? '').slice(0, 10),
                paid_on: last?.paid_on ?? null,
            })),
    );
}

import type { Config } from '../config.ts';
import { signedHeadColumns } from '../contracts/ops-tables.ts';
import { folderDisk } from '../disk.ts';
import { readLedger } from '../finance/ledger.ts';
import { signedPeriods } from '../finance/periods.ts';
import type { Signed } from '../warehouse/signed-statements.ts';

const firstDay = (period: string) => `${period}-01`;

/**
 * What the ledger says: what was done to each month, every statement that is signed, its lines and their
 * deals.
 * @param until only what had been entered by then, as in `2026-03-31 22:00:00`; left out, everything
 * @throws ContractError for a ledger that was changed
 */
export function readSigned({ ledger: folder }: Pick<Config, 'ledger'>, until?: string): Signed {
    const whole = readLedger(folderDisk(folder));
    const isKnown = (at: string) => until === undefined || at.replace('T', ' ') <= until;
    const ledger = { ...whole, entries: whole.entries.filter(({ at }) => isKnown(at)) };
    const lines = signedPeriods(ledger).flatMap(({ signature, ...period }) =>
        (signature?.signedLines ?? []).map((line) => ({ ...period, signature, line })),
    );
    return {
        entries: ledger.entries.flatMap((entry) => {
            const waived = entry.waivers.map(({ check, reason }) => `${check}: ${reason}`);
            const row = {
                entry: entry.entry,
                period_start: firstDay(entry.period),
                action: entry.action,
                done_by: entry.by,
                done_on: entry.at.slice(0, 10),
                paid_on: entry.paid_on,
                reason: entry.reason,
                waived_checks: waived.join('; ') || null,
            };
            const none = { currency_code: null, payable_amount: null };
            return (entry.totals.length > 0 ? entry.totals : [none]).map((total) => ({
                ...row,
                ...total,
            }));
        }),
        statements: lines
            .filter(({ line }) => line.line_type === 'total')
            .map(({ period, state, signature, last, line }) => ({
                period_start: firstDay(period),
                payee_id: line.payee_id,
                currency_code: line.currency_code,
                earned_amount: line.head?.earned_amount ?? '0.00',
                payable_amount: line.amount,
                state,
                signed_by: signature?.by ?? '',
                signed_on: (signature?.at ?? '').slice(0, 10),
                paid_on: last?.paid_on ?? null,
                payee_name: line.payee_name,
                department_id: line.department_id,
                ...Object.fromEntries(
                    signedHeadColumns.map(([name]) => [name, line.head?.[name] ?? null]),
                ),
            })),
        lines: lines.map(({ period, line }) => ({
            period_start: firstDay(period),
            payee_id: line.payee_id,
            currency_code: line.currency_code,
            line_number: line.line_number,
            line_type: line.line_type,
            line_key: line.line_key,
            label: line.label,
            explanation: line.explanation,
            kpi: line.kpi,
            scope_type: line.scope_type,
            scope_id: line.scope_id,
            value: line.value,
            target: line.target,
            attainment: line.attainment,
            factor: line.factor,
            amount: line.amount,
            corrects_period_start: line.corrects_period && firstDay(line.corrects_period),
            cause: line.cause,
            component_id: line.component_id ?? null,
        })),
        deals: lines.flatMap(({ period, line }) =>
            (line.deals ?? []).map((deal, index) => ({
                period_start: firstDay(period),
                payee_id: line.payee_id,
                currency_code: line.currency_code,
                line_number: line.line_number,
                deal_order: index + 1,
                ...deal,
            })),
        ),
    };
}

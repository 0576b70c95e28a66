import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../pipelines/config.ts';
import { folderDisk } from '../../pipelines/disk.ts';
import { signPeriod } from '../../pipelines/finance/close.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { checkRules, disputesOf } from '../../pipelines/run/check-rules.ts';
import { actor, payOf, question, statement, words } from '../finance/pay.ts';

let home: string;
let config: Config;
beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'jointly-check-rules-'));
    const [rules, ledger] = [join(home, 'rules'), join(home, 'ledger')];
    config = { company: {}, inputs: [], rules, ledger } as unknown as Config;
    mkdirSync(join(rules, 'incentives'), { recursive: true });
    const disk = folderDisk(ledger);
    const pay = payOf(statement('boris', '2026-09', ['2100.00', '-60.00']));
    signPeriod(disk, question('2026-09', readLedger(disk), pay), words, actor);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (name: string, ...lines: string[]) =>
    writeFileSync(join(home, 'rules/incentives', `${name}.csv`), `${lines.join('\n')}\n`);
const check = () => checkRules(config, join(home, 'seeds'));
const dispute = (line: string, openedOn = '2026-10-05', deadline = '2026-10-20') =>
    write(
        'disputes',
        'dispute_id,payee_id,period,line_number,cause,objection,opened_on,deadline,verdict,author_id,decided_on',
        `d1,boris,2026-09,${line},late_data,Paid on time,${openedOn},${deadline},,,`,
    );

describe('the rules of a company and its ledger', () => {
    it('fit together where a dispute is about a line that was signed', async () => {
        dispute('2');
        const [found] = disputesOf(config, await check(), '2026-10-21');
        expect(found).toMatchObject({
            amount: '-60.00',
            state: 'overdue',
            object_until: '2026-11-02',
            is_late: false,
        });
        dispute('2', '2026-11-03', '2026-11-10');
        expect(disputesOf(config, await check(), '2026-11-04')).toMatchObject([{ is_late: true }]);
    });

    it('are refused where nobody signed what it is about, with file, line and column', async () => {
        dispute('9');
        await expect(check()).rejects.toThrow(
            `${join(home, 'rules/incentives/disputes.csv')}, line 2, column line_number: expected a line from 1 to 3, or an empty cell for the whole statement, got '9'`,
        );
        rmSync(join(home, 'ledger'), { recursive: true });
        dispute('2');
        await expect(check()).rejects.toMatchObject({ exitCode: 2 });
    });
});

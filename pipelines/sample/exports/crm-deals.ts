import { createCsvFile, type WrittenFile } from '../export-file.ts';
import { localMoment, plainMoney, titled, utcMoment } from '../format.ts';
import { SALESPEOPLE } from '../people.ts';
import type { Deal } from '../records.ts';
import { PRODUCT_LABELS } from './crm-leads.ts';

export interface DealExport {
    deal(deal: Deal): void;
    close(): WrittenFile[];
}

const DEAL_HEADER = [
    'Deal ID',
    'Lead ID',
    'Account ID',
    'Owner',
    'Product Line',
    'Amount',
    'Currency',
    'Status',
    'Stage',
    'Origin',
    'Loss Reason',
    'Disputed Side',
    'Dispute Note',
    'Created Date',
    'Close Date',
    'Last Modified',
];
const STAGE_HEADER = ['Deal ID', 'Stage', 'Entered', 'User'];

const ownerNames = new Map(SALESPEOPLE.map(({ id, name }) => [id, name]));

/** Writes deals as they stand on the last exported day, and every stage they passed. */
export function createDealExport(root: string): DealExport {
    const deals = createCsvFile(root, 'crm/deals.csv', DEAL_HEADER);
    const stages = createCsvFile(root, 'crm/deal_stage_history.csv', STAGE_HEADER);
    let dealCount = 0;
    let stageCount = 0;

    return {
        deal: (deal) => {
            dealCount += 1;
            const cells = dealCells(deal);
            // Somebody types the reason instead of choosing one.
            if (deal.lostReason !== '' && dealCount % 90 === 40) cells[10] = 'see notes';
            // The deal as it was exported while still open; the newer version must win.
            if (dealCount % 110 === 0 && deal.closedAt !== undefined) {
                deals.row(
                    cells
                        .with(7, 'Open')
                        .with(8, deal.stages[0]?.stage ?? '')
                        .with(10, '')
                        .with(11, '')
                        .with(12, '')
                        .with(14, '')
                        .with(15, localMoment(deal.createdAt)),
                );
            }
            deals.row(cells);
            if (dealCount % 240 === 0) deals.row(cells);
            if (dealCount % 700 === 450) {
                deals.row(cells.with(0, `${deal.id}X`).with(7, 'Won').with(14, ''));
            }
            for (const { stage, enteredAt } of deal.stages) {
                stageCount += 1;
                const stageCells = [deal.id, stage, utcMoment(enteredAt), deal.personId];
                stages.row(stageCells);
                if (stageCount % 500 === 0) stages.row(stageCells);
                if (stageCount % 3000 === 1000) stages.row(stageCells.with(0, ''));
            }
        },
        close: () => [deals.close(), stages.close()],
    };
}

function dealCells(deal: Deal): string[] {
    return [
        deal.id,
        deal.leadId,
        deal.clientId,
        ownerNames.get(deal.personId) ?? deal.personId,
        PRODUCT_LABELS[deal.line],
        plainMoney(deal.amountCents),
        'EUR',
        titled(deal.status),
        deal.stage,
        deal.origin,
        deal.lostReason,
        titled(deal.dispute?.side ?? ''),
        deal.dispute?.note ?? '',
        localMoment(deal.createdAt),
        deal.closedAt === undefined ? '' : localMoment(deal.closedAt),
        localMoment(deal.updatedAt),
    ];
}

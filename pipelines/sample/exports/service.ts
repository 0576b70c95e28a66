import type { ClientAssignment } from '../clients.ts';
import { createCsvFile, type ExportFile, type WrittenFile } from '../export-file.ts';
import { localMoment, titled, utcMoment } from '../format.ts';
import type { ClockPause } from '../pauses.ts';
import { ACCOUNT_MANAGERS } from '../people.ts';
import type { InternalRequest } from '../requests.ts';

const managerNames = new Map<string, string>(
    Object.values(ACCOUNT_MANAGERS).map(({ id, name }) => [id, name]),
);

/** The ticket tool: a few tickets also as they stood before the answer. */
export function writeRequests(root: string, requests: readonly InternalRequest[]): WrittenFile {
    const file = createCsvFile(root, 'service/requests.csv', [
        'Ticket',
        'Category',
        'From Team',
        'To Team',
        'Subject',
        'Asked By',
        'Assignee',
        'Opened',
        'Answered',
        'Last Update',
    ]);
    for (const [index, request] of requests.entries()) {
        const asked = localMoment(request.requestedAt);
        const answered = request.answeredAt === undefined ? '' : localMoment(request.answeredAt);
        const cells = [
            request.id,
            titled(request.kind),
            titled(request.from),
            titled(request.to),
            request.subject,
            request.requestedBy,
            request.personId,
            asked,
            answered,
            answered === '' ? asked : answered,
        ];
        if (index % 60 === 20) file.row(cells.with(8, '').with(9, asked));
        file.row(cells);
        if (index % 300 === 150) {
            file.row(cells.with(0, `${request.id}X`).with(8, '2019-12-31 23:59:00'));
        }
    }
    return file.close();
}

/** Pauses of the response clock, kept by the CRM in UTC. */
export function writePauses(root: string, pauses: readonly ClockPause[]): WrittenFile {
    const file = createCsvFile(root, 'crm/clock_pauses.csv', [
        'Object',
        'Object ID',
        'Paused',
        'Resumed',
        'Reason',
    ]);
    const sorted = pauses.toSorted(
        (a, b) => a.pausedAt - b.pausedAt || (a.recordId < b.recordId ? -1 : 1),
    );
    for (const [index, pause] of sorted.entries()) {
        const cells = [
            titled(pause.recordType),
            pause.recordId,
            utcMoment(pause.pausedAt),
            pause.resumedAt === undefined ? '' : utcMoment(pause.resumedAt),
            pause.reason,
        ];
        file.row(cells);
        if (index % 200 === 80) file.row(cells);
        breakSometimes(file, index, cells.with(0, 'Meeting'));
    }
    return file.close();
}

/** Who looks after which client since when. */
export function writeAssignments(
    root: string,
    assignments: readonly ClientAssignment[],
): WrittenFile {
    const file = createCsvFile(root, 'crm/account_owners.csv', [
        'Account ID',
        'Owner Since',
        'Account Owner',
        'Reason',
    ]);
    for (const [index, { clientId, assignedAt, personId, reason }] of assignments.entries()) {
        const owner = managerNames.get(personId) ?? personId;
        const cells = [clientId, localMoment(assignedAt), owner, reason];
        file.row(cells);
        if (index % 250 === 90) file.row(cells);
        breakSometimes(file, index, cells.with(0, ''));
    }
    return file.close();
}

/** One row in three hundred that no contract lets through. */
function breakSometimes(file: ExportFile, index: number, cells: readonly string[]): void {
    if (index % 300 === 160) file.row(cells);
}

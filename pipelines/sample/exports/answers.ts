import { createCsvFile, type WrittenFile } from '../export-file.ts';
import { dottedMinute, utcMoment } from '../format.ts';
import { FORM_QUESTIONS, TALK_QUESTIONS } from '../questions.ts';
import type { LeadAnswer } from '../records.ts';

export interface AnswerExport {
    add(leadId: string, answers: readonly LeadAnswer[]): void;
    close(): WrittenFile[];
}

/** What the form says, and the heading of a note, by question. */
export const FORM_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
    FORM_QUESTIONS.map(({ id, label }) => [id, label]),
);
export const NOTE_LABELS: Readonly<Record<string, string>> = { ...FORM_LABELS, ...TALK_QUESTIONS };

/** The form tool's export in UTC, and the notes sales takes in talks, on the company's clock. */
export function createAnswerExport(root: string): AnswerExport {
    const forms = createCsvFile(root, 'forms/answers.csv', [
        'Response ID',
        'Lead',
        'Field',
        'Answer',
        'Submitted At',
    ]);
    const notes = createCsvFile(
        root,
        'crm/qualification_notes.csv',
        ['Lead ID', 'Topic', 'Note', 'Noted At', 'Noted By'],
        { delimiter: ';', lineEnd: '\r\n', hasByteOrderMark: true },
    );
    let responseCount = 0;

    return {
        add: (leadId, answers) => {
            responseCount += 1;
            for (const { questionId, answer, answeredAt, personId } of answers) {
                if (personId !== '') {
                    const label = NOTE_LABELS[questionId] ?? '';
                    const cells = [leadId, label, answer, dottedMinute(answeredAt), personId];
                    notes.row(cells);
                    if (notes.rows % 500 === 300) notes.row(cells);
                    if (notes.rows % 2600 === 420) notes.row(cells.with(3, 'yesterday'));
                    continue;
                }
                const id = `f${String(responseCount).padStart(7, '0')}`;
                const field = FORM_LABELS[questionId] ?? '';
                const cells = [id, leadId, field, answer, utcMoment(answeredAt)];
                forms.row(cells);
                if (forms.rows % 900 === 250) forms.row(cells);
                if (forms.rows % 5000 === 700) forms.row(cells.with(1, ''));
            }
        },
        close: () => [forms.close(), notes.close()],
    };
}

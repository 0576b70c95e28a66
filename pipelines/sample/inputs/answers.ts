import { FORM_LABELS, NOTE_LABELS } from '../exports/answers.ts';
import { swap } from './swap.ts';

/** What leads answered: the form tool's export and the notes of the sales talks. */
export function answerInputs(directory: string) {
    return [
        {
            name: 'form_answers',
            stream: 'lead_answers',
            files: [`${directory}/forms/answers.csv`],
            format: { type: 'csv' },
            columns: {
                lead_id: 'Lead',
                question_id: { column: 'Field', values: swap(FORM_LABELS) },
                answer: 'Answer',
                answered_at: 'Submitted At',
            },
        },
        {
            name: 'crm_qualification_notes',
            stream: 'lead_answers',
            files: [`${directory}/crm/qualification_notes.csv`],
            format: { type: 'csv', delimiter: ';' },
            columns: {
                lead_id: 'Lead ID',
                question_id: { column: 'Topic', values: swap(NOTE_LABELS) },
                answer: 'Note',
                answered_at: { column: 'Noted At', format: '%d.%m.%Y %H:%M' },
                person_id: 'Noted By',
            },
        },
    ];
}

/** Everything that may be asked of a claim, in the order of its life: also the order of the buttons. */
import { acknowledge } from './commands/work/acknowledge.ts';
import { addNote } from './commands/correspondence/add-note.ts';
import { addParty } from './commands/people/add-party.ts';
import { addVehicle } from './commands/people/add-vehicle.ts';
import { allot } from './commands/work/allot.ts';
import { amendLoss } from './commands/intake/amend-loss.ts';
import { answerRequest } from './commands/correspondence/answer-request.ts';
import { appeal } from './commands/decision/appeal.ts';
import { approve } from './commands/decision/approve.ts';
import { approvePartially } from './commands/decision/approve-partially.ts';
import { approvePayment } from './commands/payment/approve-payment.ts';
import { approveReserve } from './commands/reserve/approve-reserve.ts';
import { askForInformation } from './commands/correspondence/ask-for-information.ts';
import { assign } from './commands/work/assign.ts';
import { assignAssessor } from './commands/work/assign-assessor.ts';
import { clearPayment } from './commands/payment/clear-payment.ts';
import { close } from './commands/decision/close.ts';
import { closeExposure } from './commands/reserve/close-exposure.ts';
import { closeInvestigation } from './commands/investigation/close-investigation.ts';
import { confirmCoverage } from './commands/decision/confirm-coverage.ts';
import { decline } from './commands/decision/decline.ts';
import { discard } from './commands/intake/discard.ts';
import { failPayment } from './commands/payment/fail-payment.ts';
import { handBack } from './commands/work/hand-back.ts';
import { holdPayments } from './commands/investigation/hold-payments.ts';
import { issuePayment } from './commands/payment/issue-payment.ts';
import { liftHold } from './commands/investigation/lift-hold.ts';
import { linkDuplicate } from './commands/intake/link-duplicate.ts';
import { linkParty } from './commands/people/link-party.ts';
import { markVoid } from './commands/intake/mark-void.ts';
import { noteBreach } from './commands/work/note-breach.ts';
import { noteNear } from './commands/work/note-near.ts';
import { noteOverdue } from './commands/correspondence/note-overdue.ts';
import { openExposure } from './commands/reserve/open-exposure.ts';
import { passOn } from './commands/work/pass-on.ts';
import { pay } from './commands/payment/pay.ts';
import { raiseComplaint } from './commands/correspondence/raise-complaint.ts';
import { rate } from './commands/correspondence/rate.ts';
import { recordRecovery } from './commands/recovery/record-recovery.ts';
import { referToInvestigation } from './commands/investigation/refer-to-investigation.ts';
import { refusePayment } from './commands/payment/refuse-payment.ts';
import { refuseReserve } from './commands/reserve/refuse-reserve.ts';
import { reopen } from './commands/decision/reopen.ts';
import { reopenExposure } from './commands/reserve/reopen-exposure.ts';
import { report } from './commands/intake/report.ts';
import { resolveComplaint } from './commands/correspondence/resolve-complaint.ts';
import { saveDraft } from './commands/intake/save-draft.ts';
import { sendForReview } from './commands/work/send-for-review.ts';
import { sendMessage } from './commands/correspondence/send-message.ts';
import { setLiability } from './commands/people/set-liability.ts';
import { setPriority } from './commands/intake/set-priority.ts';
import { setReserve } from './commands/reserve/set-reserve.ts';
import { startAssessment } from './commands/work/start-assessment.ts';
import { startDraft } from './commands/intake/start-draft.ts';
import { stopPayment } from './commands/payment/stop-payment.ts';
import { takeOver } from './commands/work/take-over.ts';
import { triage } from './commands/intake/triage.ts';
import { voidPayment } from './commands/payment/void-payment.ts';
import { waiveRequest } from './commands/correspondence/waive-request.ts';
import { withdraw } from './commands/intake/withdraw.ts';
import type { CommandName } from './transitions.ts';

export const commands = {
  startDraft,
  saveDraft,
  discard,
  report,
  amendLoss,
  triage,
  setPriority,
  assign,
  allot,
  takeOver,
  acknowledge,
  handBack,
  passOn,
  askForInformation,
  answerRequest,
  waiveRequest,
  noteOverdue,
  addNote,
  sendMessage,
  addParty,
  linkParty,
  addVehicle,
  setLiability,
  openExposure,
  closeExposure,
  reopenExposure,
  setReserve,
  approveReserve,
  refuseReserve,
  assignAssessor,
  startAssessment,
  sendForReview,
  confirmCoverage,
  approve,
  approvePartially,
  decline,
  appeal,
  pay,
  approvePayment,
  refusePayment,
  issuePayment,
  clearPayment,
  stopPayment,
  voidPayment,
  failPayment,
  recordRecovery,
  referToInvestigation,
  closeInvestigation,
  holdPayments,
  liftHold,
  linkDuplicate,
  markVoid,
  withdraw,
  close,
  reopen,
  rate,
  raiseComplaint,
  resolveComplaint,
  noteNear,
  noteBreach,
} satisfies Record<CommandName, object>;

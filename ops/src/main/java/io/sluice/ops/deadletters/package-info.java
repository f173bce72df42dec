/**
 * Dead letters: what the job could not decode, and its way back. A letter is replayed by sending
 * its bytes to the topic again, in one Kafka transaction with a receipt that goes into the
 * dead-letter topic. So the topic alone tells what still waits, whatever was killed when.
 */
package io.sluice.ops.deadletters;

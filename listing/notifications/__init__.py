"""The outbox: messages written with the change that caused them, sent later by e-mail and shown in the inbox.

Knows what a message is and how it travels; never why one is due. That is decided by whoever queues it.
"""

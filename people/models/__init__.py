from .act import Act
from .delegation import Delegation
from .message import Message
from .person import Person
from .post import Post
from .tenure import Basis, Tenure
from .unit import Unit, UnitKind
from .user import Role, User

__all__ = [
    "Act",
    "Basis",
    "Delegation",
    "Message",
    "Person",
    "Post",
    "Role",
    "Tenure",
    "Unit",
    "UnitKind",
    "User",
]

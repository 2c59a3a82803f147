"""nsobench from Python: own methods and problems as plug-ins."""
from .main import main
from .method import method, option
from .objective import objective
from .wire import Refuse

__all__ = ["Refuse", "main", "method", "objective", "option"]
